"""The schemas of requests and answers, a file per capability: what may come in, how answers go out.

A request's schema derives from `Schema` and refuses unknown fields; an answer's from `ResponseSchema`. They
read the values that the capabilities return and never a database.
"""
