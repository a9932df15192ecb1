#!/usr/bin/env python3
"""What it would cost to keep the texts of entries in a part for each month: months.py URL [--entries N] [--months 0,24,240]

Makes a table of texts under the indexes of entry_texts in a schema of its own, whole and in so many parts by the month in which an entry was
first seen; the row of the entry knows the month, and joins name it. Asks for a word, for texts by id, and for a word of one month. Prints the
time of planning and of running, the least of twelve, as the server says them. Needs psql."""
import argparse, math, random, re, subprocess

SCHEMA = "faultline_bench_months"

def run(url, sql):
    head = f"SET client_min_messages = error; SET search_path = {SCHEMA}; SET jit = off; SET random_page_cost = 1.1;\n"
    done = subprocess.run(["psql", url, "-qAt", "-v", "ON_ERROR_STOP=1"], input=head + sql, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout

def rows(count, months):
    """As bench_store makes them: words as rare as those of a language."""
    chance = random.Random(1)
    for n in range(1, count + 1):
        words = [f"w{int(math.exp(chance.uniform(1, 11)))}" for _ in range(128)]
        vector = " ".join(f"'{word}'" for word in sorted(set(words)))
        yield f"{n}\t{n * max(months, 1) // (count + 1)}\t {' '.join(words)} \t{vector}\t\tt\n"

def make(url, count, months):
    columns = "entry bigint, month int, words text, words_vector tsvector, grams_vector tsvector, whole boolean"
    by_month = f"CREATE TABLE entry_texts ({columns}, PRIMARY KEY (entry, month)) PARTITION BY RANGE (month);" + "".join(
        f"CREATE TABLE m{i} PARTITION OF entry_texts FOR VALUES FROM ({i}) TO ({i + 1});" for i in range(months))
    run(url, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}; CREATE TABLE entries (n bigint PRIMARY KEY, id text COLLATE \"C\" UNIQUE, shown_at bigint, month int);"
             + (by_month if months else f"CREATE TABLE entry_texts ({columns}, PRIMARY KEY (entry));")
             + "CREATE INDEX ON entry_texts USING gin (words_vector); CREATE INDEX ON entry_texts USING gin (grams_vector); CREATE INDEX ON entry_texts (entry) WHERE NOT whole;"
             + "COPY entry_texts FROM STDIN;\n" + "".join(rows(count, months)) + "\\.\n"
             + "INSERT INTO entries SELECT entry, 'ent-' || entry, entry * 60, month FROM entry_texts; ANALYZE entries; ANALYZE entry_texts;")

def ask(url, months, name, query):
    said = run(url, f"EXPLAIN (ANALYZE, SUMMARY, TIMING off) {query};\n" * 12)
    plan, took = (min(float(one) for one in re.findall(kind + r" Time: ([\d.]+)", said)) for kind in ("Planning", "Execution"))
    print(f"{months or 'no':>4} parts, {name:<20} planned in {plan:.2f} ms, run in {took:.2f} ms", flush=True)

def main():
    options = argparse.ArgumentParser()
    options.add_argument("url")
    options.add_argument("--entries", type=int, default=20_000)
    options.add_argument("--months", default="0,24,240")
    given = options.parse_args()
    for months in map(int, given.months.split(",")):
        make(given.url, given.entries, months)
        word = "SELECT e.id FROM entries e WHERE e.n IN (SELECT entry FROM entry_texts WHERE {}(words_vector @@ '''{}'''::tsquery OR NOT whole AND strpos(words, ' w ') > 0)) ORDER BY e.shown_at DESC LIMIT 50"
        of_id = "SELECT t.words FROM entries e JOIN entry_texts t ON t.entry = e.n" + (" AND t.month = e.month" if months else "")
        ids = ",".join(f"'ent-{1 + i * given.entries // 50}'" for i in range(50))
        ask(given.url, months, "a rare word", word.format("", "w3000"))
        ask(given.url, months, "a common word", word.format("", "w20"))
        ask(given.url, months, "a text by id", f"{of_id} WHERE e.id = 'ent-{given.entries // 2}'")
        ask(given.url, months, "50 texts by id", f"{of_id} WHERE e.id = ANY (ARRAY[{ids}])")
        if months:
            ask(given.url, months, "a word of one month", word.format("month = 5 AND ", "w3000"))
    run(given.url, f"DROP SCHEMA {SCHEMA} CASCADE")

if __name__ == "__main__":
    main()
