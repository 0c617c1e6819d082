-- How far logins that failed are from being forgotten: each failure moves the time on (milliseconds since
-- 1970-01-01) by its share of a minute. The bucket is a SHA-256, since people type passwords into the field
-- for their name. A row of the past means nothing; a job removes it.
create table login_buckets (
  bucket     blob primary key,
  full_until integer not null
);
create index login_buckets_time on login_buckets (full_until);
