alter table teams add column updated_at timestamp;
update teams set updated_at = created_at;

-- The scope of a team that was deleted: its name stays taken, and nothing is published there any more.
alter table namespaces add column closed boolean not null default false;

-- Where a library was before it moved. A reference, once given, leads to it for ever.
create table library_redirects (
  scope      text not null,
  name       text not null,
  library_id text not null references libraries (id),
  created_at timestamp not null,
  primary key (scope, name)
);
create index library_redirects_library on library_redirects (library_id);
