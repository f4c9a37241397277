# Builds Ancora from its sources and runs it as a user without rights.
FROM node:22-bookworm-slim AS node

FROM maven:3.9-eclipse-temurin-17 AS build
# The pages need Node 20 or newer to be built; the distribution's own package is older.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /ancora
COPY pom.xml ./
COPY processes processes
COPY forms forms
COPY src src
RUN mvn -B -DskipTests package

FROM eclipse-temurin:17-jre
RUN useradd --system --create-home ancora
USER ancora
WORKDIR /home/ancora
COPY --from=build /ancora/target/ancora-*.jar ancora.jar
ENV JAVA_TOOL_OPTIONS="-Duser.timezone=UTC -XX:MaxRAMPercentage=70"
EXPOSE 8080
# exec form: SIGTERM reaches the JVM, which finishes its requests and jobs.
ENTRYPOINT ["java", "-jar", "ancora.jar"]
