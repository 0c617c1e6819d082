-- Downloads of each library by day (days since 1970-01-01, UTC): what is shown, and kept for good.
create table library_days (
  library integer not null references libraries (seq),
  day     integer not null,
  count   integer not null,
  primary key (library, day)
) without rowid;
create index library_days_day on library_days (day, library, count);
insert into library_days (library, day, count)
  select l.seq, d.day, sum(d.count) from downloads d
  join library_versions v on v.id = d.version_id join libraries l on l.id = v.library_id group by l.seq, d.day;

-- The same summed up for each scope, what is public and what is private apart; the nil UUID is the registry as a
-- whole. A library that is moved, hidden or shown takes its days along.
create table scope_days (
  scope_id   text not null,
  visibility text not null check (visibility in ('public', 'private')),
  day        integer not null,
  count      integer not null,
  primary key (scope_id, visibility, day)
) without rowid;
insert into scope_days (scope_id, visibility, day, count)
  select l.scope_id, l.visibility, d.day, sum(d.count) from library_days d
  join libraries l on l.seq = d.library group by l.scope_id, l.visibility, d.day;
insert into scope_days (scope_id, visibility, day, count)
  select '00000000-0000-0000-0000-000000000000', visibility, day, sum(count) from scope_days group by visibility, day;

-- Each download, for a while: an operator says for how long, and whether with addresses. The nil UUID is an
-- anonymous caller.
drop table downloads;
create table downloads (
  id            text primary key,
  version_id    text not null references library_versions (id) on delete cascade,
  downloaded_at timestamp not null,
  downloaded_by text not null,
  ip_address    text
);
create index downloads_time on downloads (downloaded_at);
create index downloads_by_user on downloads (downloaded_by)
  where downloaded_by <> '00000000-0000-0000-0000-000000000000';

-- Calls of the interface by account and day; the nil UUID is all anonymous callers together.
create table api_calls (
  user_id text not null,
  day     integer not null,
  count   integer not null,
  primary key (user_id, day)
) without rowid;
create index api_calls_day on api_calls (day);

-- Whoever writes the sums of scopes takes this row first. Its turns count what makes kept figures wrong.
alter table locks add column turns integer not null default 0;
insert into locks (name) values ('statistics');

-- Bytes of the versions that are not deleted, so that nobody has to sum them up.
alter table libraries add column size_bytes integer not null default 0;
update libraries set size_bytes = coalesce((select sum(v.size_bytes) from library_versions v
  where v.library_id = libraries.id and v.deleted_at is null), 0);

-- What was published last, for the feeds.
create index library_versions_newest on library_versions (created_at, id);
