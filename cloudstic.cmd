@echo off
rem Starts cloudstic. In a fresh checkout it builds the program first, with a JDK 17 or later and Maven.
rem CLOUDSTIC_JAVA_OPTS adds options to the Java virtual machine, CLOUDSTIC_CLASSPATH adds jars.
setlocal enableextensions
set "HOME_DIR=%~dp0"
if "%HOME_DIR:~-1%"=="\" set "HOME_DIR=%HOME_DIR:~0,-1%"

set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo cloudstic: Java is missing: a JDK 17 or later is needed 1>&2
  echo   winget install EclipseAdoptium.Temurin.17.JDK, or set JAVA_HOME to the directory of one 1>&2
  exit /b 1
)

set "LIB=%HOME_DIR%\lib"
if exist "%LIB%\cloudstic-all.jar" goto run
set "LIB=%HOME_DIR%\target"
if exist "%LIB%\cloudstic-all.jar" goto run

where mvn >nul 2>&1
if errorlevel 1 (
  echo cloudstic: Maven is missing: it builds the program on its first run 1>&2
  echo   see https://maven.apache.org/install.html 1>&2
  exit /b 1
)
echo cloudstic: building the program, once ^(a minute or two^) 1>&2
if not exist "%HOME_DIR%\target" mkdir "%HOME_DIR%\target"
pushd "%HOME_DIR%"
call mvn -B -q -DskipTests package >"%HOME_DIR%\target\build.log" 2>&1
set "BUILT=%errorlevel%"
popd
if not "%BUILT%"=="0" (
  echo cloudstic: the build failed; the whole output is in %HOME_DIR%\target\build.log 1>&2
  exit /b 1
)

:run
set "RULES="
if not defined CLOUDSTIC_MEMORY if not defined CLOUDSTIC_JAVA_OPTS if exist "%LIB%\compiler.json" set RULES=-XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput "-XX:CompilerDirectivesFile=%LIB%\compiler.json"
set "MORE="
if defined CLOUDSTIC_CLASSPATH set "MORE=;%CLOUDSTIC_CLASSPATH%"
set "HEAP=-Xms96m -Xmx640m"
if defined CLOUDSTIC_MEMORY set "HEAP=-Xms24m -Xmx%CLOUDSTIC_MEMORY%"
"%JAVA%" "-Dcloudstic.home=%HOME_DIR%" -XX:+UseSerialGC %HEAP% -Xmn16m -XX:MinHeapFreeRatio=1 -XX:MaxHeapFreeRatio=5 %RULES% --enable-native-access=ALL-UNNAMED -Xlog:disable -Xlog:all=off %CLOUDSTIC_JAVA_OPTS% -cp "%LIB%\cloudstic-all.jar%MORE%" io.cloudstic.cli.Cloudstic %*
exit /b %errorlevel%
