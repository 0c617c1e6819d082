-- Logs in with the name and password of the environment.
local body = string.format('{"username":"%s","password":"%s"}', os.getenv("BENCH_NAME"), os.getenv("BENCH_PASSWORD"))

wrk.method = "POST"
wrk.path = "/api/v1/auth/login"
wrk.headers["Content-Type"] = "application/json"
wrk.body = body
