"""Ten million downloads, made by the database itself, and the question that they would answer without sums by day."""

SCOPES = 1_000


def statistics_schema(count, downloads, postgresql):
    """SQL that makes libraries and downloads of a year, a few of them downloaded much, and what the registry sums up."""
    if postgresql:
        number = "cast(lpad(to_hex({0}), 8, '0') || '-0000-4000-8000-' || lpad(to_hex({0}), 12, '0') as uuid)"
        series = "generate_series(1, {0}) as s(i)"
        now, today = "now()", "(extract(epoch from now())::bigint / 86400)::int"
        moment = "to_timestamp(({day}) * 86400.0 + {i} % 86400)"
        day_of = "(extract(epoch from downloaded_at)::bigint / 86400)::int"
        large, nobody = "{0}::bigint", "cast('00000000-0000-0000-0000-000000000000' as uuid)"
    else:
        number = "printf('%08x-0000-4000-8000-%012x', {0}, {0})"
        series = "(with recursive s(i) as (select 1 union all select i + 1 from s where i < {0}) select i from s) s"
        now, today = "(unixepoch() * 1000)", "(unixepoch() / 86400)"
        moment = "((({day}) * 86400 + {i} % 86400) * 1000)"
        day_of = "(downloaded_at / 86400000)"
        large, nobody = "{0}", "'00000000-0000-0000-0000-000000000000'"
    # A number from 0 to 1 that looks random; its cube, so that some libraries are downloaded much more than others.
    random_ = f"(({large.format('s.i')} * 2654435761) % 4294967296 / 4294967296.0)"
    library = f"cast(1 + floor({random_} * {random_} * {random_} * {count}) as integer)"
    if not postgresql:
        library = f"cast(1 + {random_} * {random_} * {random_} * {count} as integer)"
    day = f"{today} - ({large.format('s.i')} * 40503 % 65521) % 365"
    scope = f"(s.i % {SCOPES} + 1)"
    version = number.format(f"({count} + s.i)")
    return [
        f"insert into namespaces (id, name, scope_type, created_at) select {number.format('s.i')}, 'scope-' || s.i, 'team', {now} from {series.format(SCOPES)}",
        "insert into libraries (id, scope_type, scope_id, scope, name, visibility, description, tags, license, latest_version, versions_count,"
        f" size_bytes, created_by, created_at, updated_at) select {number.format('s.i')}, 'team', {number.format(scope)}, 'scope-' || {scope}, 'library-' || s.i,"
        " case when s.i % 10 = 0 then 'private' else 'public' end, 'A benchmark', 'tag-' || s.i % 500,"
        f" case s.i % 3 when 0 then 'MIT' when 1 then 'Apache-2.0' else 'CC-BY-4.0' end, '1.0.0', 1, 10000, {number.format(scope)}, {now}, {now} from {series.format(count)}",
        "insert into library_tags (tag, library) select tags, seq from libraries where tags <> ''",
        "insert into library_versions (id, library_id, version, version_key, precedence, prerelease, storage_path, size_bytes, checksum, created_by, created_at)"
        f" select {version}, {number.format('s.i')}, '1.0.0', '1.0.0', '1.0.0', false, 'none/' || s.i, 10000, 'none', {number.format(scope)}, {now} from {series.format(count)}",
        "insert into downloads (id, version_id, downloaded_at, downloaded_by) select"
        f" {number.format('s.i')}, {number.format(f'({count} + {library})')}, {moment.format(day=day, i='s.i')}, {nobody} from {series.format(downloads)}",
        f"insert into library_days (library, day, count) select l.seq, {day_of}, count(*) from downloads d"
        " join library_versions v on v.id = d.version_id join libraries l on l.id = v.library_id group by 1, 2",
        "insert into scope_days (scope_id, visibility, day, count) select l.scope_id, l.visibility, d.day, sum(d.count)"
        " from library_days d join libraries l on l.seq = d.library group by 1, 2, 3",
        f"insert into scope_days (scope_id, visibility, day, count) select {nobody}, visibility, day, sum(count) from scope_days group by visibility, day",
        "vacuum analyze" if postgresql else "analyze",
    ]


def counted_from_downloads(postgresql):
    """What would have to be asked without sums by day."""
    since = "now() - interval '29 days'" if postgresql else "(unixepoch() - 29 * 86400) * 1000"
    day = "date_trunc('day', downloaded_at)" if postgresql else "downloaded_at / 86400000"
    return (
        f"select {day}, count(*) from downloads d join library_versions v on v.id = d.version_id"
        f" join libraries l on l.id = v.library_id where l.visibility = 'public' and downloaded_at >= {since} group by 1"
    )
