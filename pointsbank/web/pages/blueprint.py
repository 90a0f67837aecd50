"""The one blueprint that all pages hang on."""

from flask import Blueprint

pages = Blueprint("pages", __name__)
