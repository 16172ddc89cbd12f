"""What our open APIs have in common: parameters, records, pages, answers, and their OpenAPI files.

An API is a list of `collection.Collection`s. What it takes and gives are pydantic models, and its OpenAPI
file is made of the same models, so that the two cannot differ (docs/decisions/0017).
"""
