"""What kind of file an attachment is."""

from pointsbank.labels import Labels

MEDIA_TYPE = Labels(
    "media_type",
    {"image/jpeg": "JPEG 照片", "image/png": "PNG 图片", "application/pdf": "PDF 文件"},
)
