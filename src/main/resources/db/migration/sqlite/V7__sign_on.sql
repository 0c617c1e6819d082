-- Keys of which every node needs the same: of the cookie that carries a single sign-on under way.
create table cookie_keys (
  name       text primary key,
  secret     blob not null,
  created_at timestamp not null
);

-- Devices that wait for a person to confirm them (RFC 8628). Codes are kept as SHA-256 alone.
create table device_requests (
  id               text primary key,
  device_code_hash blob not null unique,
  user_code_hash   blob not null unique,
  client_name      text not null,
  scopes           text not null,
  address          text not null,
  status           text not null check (status in ('pending', 'approved', 'denied', 'used')),
  user_id          text references users (id) on delete cascade,
  interval_seconds integer not null,
  polled_at        timestamp,
  created_at       timestamp not null,
  expires_at       timestamp not null
);
create index device_requests_expiry on device_requests (expires_at);
create index device_requests_address on device_requests (address);

-- Codes that somebody typed and no device shows, for a while: against guessing.
create table device_misses (
  id        text primary key,
  user_id   text not null references users (id) on delete cascade,
  address   text not null,
  missed_at timestamp not null
);
create index device_misses_user on device_misses (user_id, missed_at);
create index device_misses_address on device_misses (address, missed_at);
