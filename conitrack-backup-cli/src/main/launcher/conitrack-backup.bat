@echo off
rem Runs conitrack-backup.jar, which lies beside this file.
rem JAVA_HOME chooses the Java, CONITRACK_BACKUP_OPTS adds options for it.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" %CONITRACK_BACKUP_OPTS% -jar "%~dp0conitrack-backup.jar" %*
exit /b %ERRORLEVEL%
