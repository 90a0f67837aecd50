"""Forms of file in which a list is taken out."""

from pointsbank.labels import Labels

EXPORT_FORM = Labels(
    "export_form", {"xlsx": "Excel表", "csv": "CSV表", "hledger": "hledger账本", "beancount": "beancount账本"}
)
