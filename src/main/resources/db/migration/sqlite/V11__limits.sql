-- At most one row: the registry takes no writes, why, since when (milliseconds since 1970-01-01), and by whose order.
create table read_only (
  id     integer primary key check (id = 1),
  reason text not null,
  since  integer not null,
  set_by text not null
);
