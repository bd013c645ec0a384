#!/usr/bin/env python3
"""Writes the generated files of samples/, byte for byte the same on every machine.

    python3 Tools/generate-samples.py            writes them
    python3 Tools/generate-samples.py --check    compares them with those that are there

Needs nothing but Python 3.8 or newer. All randomness comes from the SplitMix64 below and all
values are integers until they are printed, so neither Python's version nor the processor matters.
The prose and the C program in samples/ are sources, written by hand; this script does not touch
them.
"""

import argparse
import json
import math
import pathlib
import sys

SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples"
MASK = (1 << 64) - 1


class Generator:
    """SplitMix64 (Steele, Lea, Flood 2014): the same numbers as SeededGenerator in Swift."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        return (self.next() * bound) >> 64

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def choice(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        """One of the values of (value, weight) pairs."""
        target = self.below(sum(weight for _, weight in pairs))
        for value, weight in pairs:
            if target < weight:
                return value
            target -= weight

    def bump(self, low, high):
        """Between low and high, the middle likelier than the ends."""
        return sum(self.between(low, high) for _ in range(3)) // 3


# --- Sources of known entropy -------------------------------------------------------------------


class Markov:
    """The same source as MarkovSource(alphabet:order:seed:) in Swift."""

    def __init__(self, alphabet, order, seed):
        generator = Generator(seed)
        self.alphabet = alphabet
        self.rows = [
            [1 << generator.below(16) for _ in alphabet] for _ in range(len(alphabet) ** order)
        ]

    def successor(self, context, symbol):
        return (context * len(self.alphabet) + symbol) % len(self.rows)

    def text(self, count, seed):
        generator = Generator(seed)
        context = 0
        text = bytearray()
        for _ in range(count):
            symbol = generator.weighted(list(enumerate(self.rows[context])))
            text.append(self.alphabet[symbol])
            context = self.successor(context, symbol)
        return bytes(text)

    def entropy_rate(self):
        """Bits per byte: the entropy in each context, weighted by the stationary distribution."""
        share = [1 / len(self.rows)] * len(self.rows)
        change = 1.0
        while change > 1e-13:
            following = [0.0] * len(self.rows)
            for context, row in enumerate(self.rows):
                part = share[context] / sum(row)
                for symbol, weight in enumerate(row):
                    following[self.successor(context, symbol)] += part * weight
            change = sum(abs(a - b) for a, b in zip(share, following))
            share = following
        return sum(s * entropy(row) for s, row in zip(share, self.rows))


def entropy(weights):
    total = sum(weights)
    return -sum(w / total * math.log2(w / total) for w in weights)


MARKOV = Markov(b"aeinorst \n", order=2, seed=2048)


def markov_txt():
    return MARKOV.text(200_000, seed=2049)


def random_bin():
    generator = Generator(65536)
    return b"".join(generator.next().to_bytes(8, "little") for _ in range(65536 // 8))


# --- Time and people, which several samples need ------------------------------------------------

GIVEN = (
    "Ada Amir Anouk Bao Beatriz Chidi Clara Dalia Emeka Esra Farid Freya Giulia Hana Henrik Ines "
    "Ismail Jonas Kaito Katya Leila Linnea Mateo Mei Milan Nadia Niamh Oluwaseun Paula Quentin "
    "Rania Rosa Sami Sofie Tariq Tomasz Ulrike Vera Wanjiru Xiulan Yusuf Zofia Björn Zoé İpek "
    "Łukasz Núria Søren"
).split()
FAMILY = (
    "Abbott Achterberg Adeyemi Bianchi Brandt Castellanos Cheng Dlamini Duarte Eriksen Fontaine "
    "Garrido Haddad Hoang Iwasaki Jankowski Kamau Kovač Lindqvist Madsen Moreau Ndiaye Novák "
    "O'Brien Okafor Park Petrov Quispe Rahman Rossi Sato Schäfer Silva Takeda Thorne Ueda Vasquez "
    "Weber Yıldız Zamora"
).split()
DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def timestamp(seconds):
    """Date and time of a second of the year 2025."""
    day, second = divmod(seconds, 86400)
    month = 0
    while day >= DAYS_IN_MONTH[month]:
        day -= DAYS_IN_MONTH[month]
        month += 1
    hour, minute = second // 3600, second // 60 % 60
    return f"2025-{month + 1:02}-{day + 1:02}", f"{hour:02}:{minute:02}:{second % 60:02}"


# --- Files of the kinds that people keep --------------------------------------------------------

PLACES = [
    ("Aarhus", "DK", 56.1629, 10.2039), ("Accra", "GH", 5.6037, -0.187),
    ("Bergen", "NO", 60.3913, 5.3221), ("Cusco", "PE", -13.532, -71.9675),
    ("Da Nang", "VN", 16.0544, 108.2022), ("Galway", "IE", 53.2707, -9.0568),
    ("Kraków", "PL", 50.0647, 19.945), ("León", "ES", 42.5987, -5.5671),
    ("Matsue", "JP", 35.4723, 133.0505), ("Nakuru", "KE", -0.3031, 36.08),
    ("Oulu", "FI", 65.0121, 25.4651), ("Valdivia", "CL", -39.8142, -73.2459),
]
INSTRUMENTS = ["barometer", "hygrometer", "rain gauge", "thermometer", "wind vane"]
REMARKS = [
    None, None, None, None, "battery replaced", "reading repeated, same value",
    "lens \"B\" cleaned", "sheltered from the wind", "power cut: gap of 20 min",
    "moved 3 m to the north\nold place flooded",
    "calibrated against the reference in the laboratory",
]


def records_json():
    generator = Generator(1001)
    records = [record(generator, number) for number in range(1, 471)]
    document = {"format": "station-log", "version": 3, "records": records}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def record(generator, number):
    city, country, latitude, longitude = generator.choice(PLACES)
    date, time = timestamp(number * 66_000 + generator.below(40_000))
    return {
        "id": f"{generator.next() >> 32:08x}-{number:05}",
        "taken": f"{date}T{time}Z",
        "station": {
            "city": city, "country": country, "latitude": latitude, "longitude": longitude,
            "online": generator.below(12) > 0,
        },
        "observer": f"{generator.choice(GIVEN)} {generator.choice(FAMILY)}",
        "instrument": generator.choice(INSTRUMENTS),
        "values": [generator.bump(-150, 450) / 10 for _ in range(generator.between(2, 7))],
        "remark": generator.choice(REMARKS),
    }


GOODS = [
    ("apples, 1 kg", 329), ("bread, rye", 410), ("candles, box of 12", 899),
    ("coffee, ground", 749), ("flour, 1 kg", 139), ("lamp oil", 1250), ("notebook, A5", 480),
    ("olives, \"large\"", 565), ("paper, 500 sheets", 620), ("pencils, HB", 355),
    ("rice, 2 kg", 599), ("soap", 275), ("string, 50 m", 320), ("tea, black", 445),
    ("thread, white", 195),
]


def table_csv():
    generator = Generator(1002)
    lines = ["order,date,time,customer,item,quantity,unit_price,total,currency,paid"]
    second = 0
    for order in range(100_001, 102_081):
        second += generator.between(200, 29_000)
        lines.append(sale(generator, order, second))
    return ("\r\n".join(lines) + "\r\n").encode()


def sale(generator, order, second):
    date, time = timestamp(second)
    item, price = generator.choice(GOODS)
    quantity = generator.weighted([(1, 50), (2, 25), (3, 12), (5, 8), (12, 4), (60, 1)])
    customer = f"{generator.choice(FAMILY)}, {generator.choice(GIVEN)}"
    paid = generator.weighted([("yes", 90), ("no", 7), ("", 3)])
    prices = [money(price), money(price * quantity), "EUR"]
    fields = [order, date, time, customer, item, quantity, *prices, paid]
    return ",".join(quoted(str(field)) for field in fields)


def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


def quoted(field):
    if any(character in field for character in ',"\r\n'):
        return '"' + field.replace('"', '""') + '"'
    return field


PATHS = [
    ("GET /", 30), ("GET /search?q={word}&page={small}", 24), ("GET /items/{number}", 40),
    ("POST /items/{number}/notes", 6), ("GET /static/app.{hash}.js", 14), ("GET /health", 20),
    ("PUT /users/{number}/settings", 3), ("DELETE /sessions/{hash}", 2),
]
WORDS = (
    "amber basin cedar delta ember fjord grove heron inlet juniper kelp lichen marsh nettle osier"
).split()
STATUS = [(200, 88), (204, 5), (301, 2), (304, 12), (400, 2), (404, 5), (429, 1), (500, 1)]
TROUBLES = [
    "WARN  pool    connection {number} idle for {small} min, closed",
    "WARN  cache   evicted {number} entries, {small} % of the shard",
    "ERROR store   write of block {hash} failed: no space left on device (attempt {small} of 9)",
    "INFO  config  reloaded, {small} keys changed",
    "INFO  gc      freed {number} KiB in {small} ms",
]


def service_log():
    generator = Generator(1003)
    lines = []
    milliseconds = 8 * 3_600_000
    for request in range(1, 1_951):
        milliseconds += generator.below(generator.choice([40, 300, 4_000]))
        date, time = timestamp(milliseconds // 1000)
        lines.append(f"{date}T{time}.{milliseconds % 1000:03}Z {event(generator, request)}")
    return ("\n".join(lines) + "\n").encode()


def event(generator, request):
    if generator.below(9) == 0:
        return filled(generator, generator.choice(TROUBLES))
    line = filled(generator, generator.weighted(PATHS))
    status = generator.weighted(STATUS)
    size = 0 if status in (204, 304) else generator.bump(120, 48_000)
    client = f"10.{generator.below(4)}.{generator.below(16)}.{generator.between(1, 254)}"
    return (
        f'INFO  http    req={request:06x} client={client} "{line}" status={status} '
        f"bytes={size} ms={generator.bump(1, 90)}"
    )


def filled(generator, template):
    return template.format(
        word=generator.choice(WORDS), small=generator.between(1, 9),
        number=generator.between(1, 9_999), hash=f"{generator.next() >> 32:08x}",
    )


TRAITS = [
    "keeps well in a dry place", "was found under the floor of the old mill", "has lost its handle",
    "is shown only on Sundays", "was given by a family that wished not to be named",
    "is older than the house it stood in", "may be a copy", "smells faintly of tar",
    "bears the mark of a maker nobody has identified", "was repaired twice, the second time badly",
]
THINGS = [
    "Balance", "Bell", "Butter mould", "Candle snuffer", "Clock", "Compass", "Hourglass",
    "Kettle", "Ladle", "Lantern", "Loom weight", "Mortar", "Plumb line", "Sextant", "Spindle",
    "Steelyard", "Sundial", "Tally stick",
]
MATERIALS = [
    "ash wood", "bone", "brass", "bronze", "clay", "copper", "iron", "pewter", "slate",
    "tin & lead",
]


def page_html():
    generator = Generator(1004)
    rooms = [room(generator, number) for number in range(1, 13)]
    links = "\n".join(
        f'      <li><a href="#room-{number}">Room {number}</a></li>' for number in range(1, 13)
    )
    return PAGE.format(links=links, rooms="\n".join(rooms)).encode()


def room(generator, number):
    objects = "\n".join(exhibit(generator, number, i) for i in range(generator.between(9, 15)))
    return (
        f'    <section id="room-{number}">\n      <h2>Room {number}</h2>\n'
        f'      <ul class="objects">\n{objects}\n      </ul>\n    </section>'
    )


def exhibit(generator, room_number, index):
    name = generator.choice(THINGS)
    made = generator.bump(1540, 1960)
    first, second = generator.choice(TRAITS), generator.choice(TRAITS)
    text = first if first == second else f"{first}, and {second}"
    return (
        f'        <li class="object" data-key="{generator.next() >> 40:06x}">\n'
        f'          <img src="img/{room_number:02}-{index:02}.jpg" '
        f'alt="{name.lower()}" loading="lazy" width="{generator.choice([240, 320])}" height="240">\n'
        f"          <h3>{name}</h3>\n"
        f"          <p><em>{generator.choice(MATERIALS).replace('&', '&amp;')}</em>, about {made}"
        f" &middot; {generator.between(4, 180)}&nbsp;cm</p>\n"
        f"          <p>It {text}.</p>\n        </li>"
    )


PAGE = """<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>A museum of measures</title>
    <style>
      body {{ font-family: Georgia, serif; margin: 2rem auto; max-width: 60rem; line-height: 1.5; }}
      .objects {{ list-style: none; padding: 0; display: grid; gap: 1rem; }}
      @media (min-width: 40rem) {{ .objects {{ grid-template-columns: repeat(3, 1fr); }} }}
      .object {{ border: 1px solid #ccc; border-radius: 4px; padding: 0.75rem; }}
      .object img {{ max-width: 100%; height: auto; }}
    </style>
  </head>
  <body>
    <h1>A museum of measures</h1>
    <nav>
      <ul>
{links}
      </ul>
    </nav>
{rooms}
    <script>
      document.querySelectorAll(".object").forEach(function (object) {{
        object.addEventListener("click", function () {{ object.classList.toggle("open"); }});
      }});
    </script>
  </body>
</html>
"""


# --- The command --------------------------------------------------------------------------------

FILES = {
    "empty": lambda: b"",
    "markov.txt": markov_txt,
    "one-byte": lambda: b"A",
    "page.html": page_html,
    "random.bin": random_bin,
    "records.json": records_json,
    "service.log": service_log,
    "table.csv": table_csv,
}


def main():
    parser = argparse.ArgumentParser(description="Writes the generated files of samples/.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    different = [name for name, make in FILES.items() if not settle(name, make(), check)]
    print(f"markov.txt: entropy rate {MARKOV.entropy_rate():.6f} bits per byte")
    if different:
        sys.exit(f"differs from what is generated: {', '.join(different)}")


def settle(name, content, check):
    """Writes or compares one file; whether it is as it should be."""
    path = SAMPLES / name
    if check:
        return path.is_file() and path.read_bytes() == content
    path.write_bytes(content)
    print(f"{name}: {len(content)} bytes")
    return True


if __name__ == "__main__":
    main()
