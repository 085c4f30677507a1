package ai.artcafe.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "ai.artcafe.metrics",
        importOptions = ImportOption.DoNotIncludeTests.class)
class MetricsArchitectureTest {

    @ArchTest
    static final ArchRule redis_and_dynamodb_are_spoken_in_store_packages_only =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..store..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "software.amazon.awssdk..", "io.vertx..redis..", "io.quarkus.redis..");

    @ArchTest
    static final ArchRule nats_is_spoken_in_broker_packages_only =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..broker..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.nats..");

    @ArchTest
    static final ArchRule time_is_injected =
            noClasses()
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");
}
