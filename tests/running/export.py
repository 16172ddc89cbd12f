"""Run in `manage.py shell`: print what the API and a search give, and the words that `writing.py` wrote."""

import hashlib
import json
import re
from urllib.parse import urlsplit

from django.test import Client

from offers.models import SearchMiss

client = Client(headers={"host": "localhost"})
lists = client.get("/api/politikker/").json()["lists"].values()
ADDRESSES = ("/data/services.ndjson", "/data/tilbud.csv", *(urlsplit(one).path for one in lists))
told = {}
for address in ADDRESSES:
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told[address] = [answer.status_code, len(content), hashlib.sha256(content).hexdigest()]
# The page of a search tells the time of day, too: only its answers are compared.
found = client.get("/tilbud/?q=ensom")
told["search"] = [found.status_code, *re.findall(r'href="(/tilbud/[-\w]+/)"', found.content.decode())]
pairs = SearchMiss.objects.filter(words__startswith="prøve-").values_list("words", "kind")
print(json.dumps({"told": told, "pairs": sorted(pairs)}))  # noqa: T201
