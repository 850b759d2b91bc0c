package io.deltallm.netty;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/// The arrows that may exist between modules and packages, and the names that may not.
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("io.deltallm");
    private static final String CODEC = "io.deltallm.codec..";
    private static final String POLICY = "io.deltallm.policy..";
    private static final String NETTY = "io.deltallm.netty..";

    private static void check(ArchRule rule) {
        rule.check(PRODUCT);
    }

    @Test
    void codecIsAFunctionFromBytesToBytes() {
        check(noClasses().that().resideInAPackage(CODEC).should().dependOnClassesThat().resideInAnyPackage(
                "io.netty.channel..", "io.netty.handler..", "java.sql..", "javax.sql..", "redis..", "java.nio.file..",
                "java.nio.channels..", "java.net.http..", "java.time..", "java.util.concurrent..", POLICY, NETTY));
        check(noClasses().that().resideInAPackage(CODEC).should().dependOnClassesThat().haveFullyQualifiedName("java.lang.Thread"));
        check(noClasses().that().resideInAPackage(CODEC).should().callMethod(System.class, "nanoTime"));
        check(noClasses().that().resideInAPackage(CODEC).should().callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void policyKnowsNoNettyAndLittleOfCodec() {
        check(noClasses().that().resideInAPackage(POLICY).should().dependOnClassesThat().resideInAnyPackage("io.netty..", NETTY));
        check(noClasses().that().resideInAPackage(POLICY).should().dependOnClassesThat(
                resideInAnyPackage(CODEC).and(describe("outside codec.chat, codec.error, codec.provider",
                        it -> !it.getPackageName().matches("io\\.deltallm\\.codec\\.(chat|error|provider)")))));
    }

    @Test
    void onlyTheJdbcStoreSpeaksSql() {
        check(noClasses().that().resideOutsideOfPackage("io.deltallm.policy.store.jdbc..").should().dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer.hikari..", "org.postgresql..", "org.sqlite.."));
        check(noClasses().that().resideInAPackage(NETTY).should().dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind.."));
    }

    @Test
    void phasesDoNotKnowEachOther() {
        Set<String> phases = new TreeSet<>();
        for (JavaClass user : PRODUCT) {
            String phase = phase(user);
            if (!phase.isEmpty()) {
                phases.add(phase);
                user.getDirectDependenciesFromSelf().forEach(dependency -> assertThat(phase(dependency.getTargetClass()))
                        .as(dependency.getDescription())
                        .isIn("", phase));
            }
        }
        assertThat(phases).contains("ExchangeHandler", "UpstreamHandler").hasSizeGreaterThanOrEqualTo(7);
    }

    /// The phase that a class is, or is part of.
    private static String phase(JavaClass it) {
        String outer = it.getName().replaceFirst("\\$.*", "").replaceFirst("^io\\.deltallm\\.netty\\.exchange\\.", "");
        return outer.matches("\\w+Handler") && !outer.equals("PhaseHandler") ? outer : "";
    }

    @Test
    void namesSayWhatThingsAre() {
        check(noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Processor)"));
        check(noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..", "..misc.."));
    }

    @Test
    void everyPackageIsNullMarked() throws ClassNotFoundException {
        Set<String> packages = new TreeSet<>();
        PRODUCT.forEach(it -> packages.add(it.getPackageName()));

        assertThat(packages).hasSizeGreaterThan(15);
        for (String name : packages) {
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class)).as(name).isTrue();
        }
    }
}
