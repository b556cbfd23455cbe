"""Prints the runner's ID token for an audience."""

import json
import os
import sys
import urllib.parse
import urllib.request

address = os.environ["ACTIONS_ID_TOKEN_REQUEST_URL"] + "&audience=" + urllib.parse.quote(sys.argv[1])
authorization = "Bearer " + os.environ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]
request = urllib.request.Request(address, headers={"Authorization": authorization})
with urllib.request.urlopen(request) as answer:
    print(json.load(answer)["value"])
