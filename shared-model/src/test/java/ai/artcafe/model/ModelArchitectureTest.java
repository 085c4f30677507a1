package ai.artcafe.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "ai.artcafe.model", importOptions = ImportOption.DoNotIncludeTests.class)
class ModelArchitectureTest {

    /** The contract must be usable from any program, so it depends on nothing that runs one. */
    @ArchTest
    static final ArchRule the_contract_knows_no_framework =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "ai.artcafe.model..",
                            "java..",
                            "com.fasterxml.jackson.annotation..",
                            "com.datadoghq.sketch..",
                            "org.apache.datasketches..",
                            "org.jspecify.annotations..");
}
