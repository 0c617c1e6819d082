-- When a node last took the turn of a job (milliseconds since 1970-01-01): of all nodes that the timers wake, one does it.
create table job_turns (
  job      text primary key,
  taken_at bigint not null
);
