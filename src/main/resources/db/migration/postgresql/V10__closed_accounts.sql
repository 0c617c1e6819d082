-- Closed is who was suspended here, or whom his source does not know any more: administrators look for both.
drop index users_suspended;
create index users_closed on users (username) where suspended or closed_by_source;

-- How many teams somebody made is counted before he makes another.
create index teams_created_by on teams (created_by);

-- What somebody confirmed is denied when his logins are ended.
create index device_requests_user on device_requests (user_id);
