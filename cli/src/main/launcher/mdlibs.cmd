@echo off
rem Runs mdlibs.jar, which lies beside this file. MDLIBS_JAVA_OPTS adds options for the JVM.
setlocal
set "java=java"
if not "%JAVA_HOME%"=="" if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if exist "%~dp0runtime\bin\java.exe" set "java=%~dp0runtime\bin\java.exe"
"%java%" -XX:SharedArchiveFile="%~dp0mdlibs.jsa" -Xshare:auto -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %MDLIBS_JAVA_OPTS% -jar "%~dp0mdlibs.jar" %*
exit /b %ERRORLEVEL%
