"""Forms of file in which a list is taken out."""

from pointsbank.labels import Labels

EXPORT_FORM = Labels(
    "export_form",
    {
        "xlsx": "Excel 表",
        "csv": "CSV 表",
        "hledger": "hledger 账本",
        "beancount": "beancount 账本",
        "pdf": "PDF 文件",
        "zip": "zip 文件",
    },
)
