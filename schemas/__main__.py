"""Write the JSON Schemas: `python -m schemas`."""

from schemas.export import export

for path in export():
    print(path)
