package ai.artcafe.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "ai.artcafe.gateway",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule natsStaysInTheBrokerPackages =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..broker..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.nats..");

    @ArchTest
    static final ArchRule dynamoDbStaysInTheStorePackages =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..store..", "..registry..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule vertxStaysAtTheSockets =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "..frame..", "..socket..", "..dashboard..", "..auth..", "..store..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule featuresDoNotDependOnEachOtherInCircles =
            slices().matching("ai.artcafe.gateway.(*)..").should().beFreeOfCycles();
}
