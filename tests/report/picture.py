"""Takes the N-th picture out of a page of `grade --html`, as an SVG that stands by itself: picture.py PAGE N >PICTURE."""

import re
import sys
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}svg"
XHTML = "{http://www.w3.org/1999/xhtml}"

page = xml.parse(sys.argv[1]).getroot()
style = re.sub(r"@media print.*", "", page.find(f".//{XHTML}style").text, flags=re.S)
picture = [svg for svg in page.iter(SVG) if svg.get("role") == "img"][int(sys.argv[2]) - 1]
xml.register_namespace("", "http://www.w3.org/2000/svg")
sheet = xml.Element("{http://www.w3.org/2000/svg}style")
sheet.text = style + "svg { background: var(--card); font-family: sans-serif; }"
picture.insert(0, sheet)
sys.stdout.write(xml.tostring(picture, encoding="unicode") + "\n")
