# Builds Ancora from its sources and runs it as a user without rights.
FROM maven:3.9-eclipse-temurin-17 AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
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
