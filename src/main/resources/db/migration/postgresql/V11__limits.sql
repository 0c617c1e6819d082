-- At most one row: the registry takes no writes, why, since when (milliseconds since 1970-01-01), and by whose order.
create table read_only (
  id     integer primary key check (id = 1),
  reason text not null,
  since  bigint not null,
  set_by text not null
);

-- The token buckets that all nodes share, as Bucket4j writes them; the id is a SHA-256. A row whose time (milliseconds
-- since 1970-01-01) is past is a full bucket; a job removes it. Unlogged: a crash of the database empties it, and
-- everybody has a full bucket again, which costs less than a log of every count.
create unlogged table rate_limit_buckets (
  id         bytea primary key,
  state      bytea,
  expires_at bigint
);
create index rate_limit_buckets_expiry on rate_limit_buckets (expires_at);
