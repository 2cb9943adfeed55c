import java.io.FileInputStream;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Holds PDF files against PDF/UA-1 and PDF/A-2a with the veraPDF library; tests/support/verapdf.py runs it.
 * Prints a line "FILE<tab>FLAVOUR<tab>CLAUSE<tab>WHAT" for each rule broken, and "FILE<tab>FLAVOUR<tab>checked<tab>N"
 * for each file and flavour, N being the number of checks made.
 */
public class ValidatePdf {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A)) {
                try (FileInputStream stream = new FileInputStream(file);
                     PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                     PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                    ValidationResult result = validator.validate(parser);
                    for (TestAssertion one : result.getTestAssertions()) {
                        if (one.getStatus() == TestAssertion.Status.FAILED) {
                            String said = one.getMessage().replaceAll("\\s+", " ");
                            say(file, flavour, one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber(), said);
                        }
                    }
                    say(file, flavour, "checked", String.valueOf(result.getTotalAssertions()));
                }
            }
        }
    }

    private static void say(String file, PDFAFlavour flavour, String clause, String what) {
        System.out.println(String.join("\t", file, flavour.getId(), clause, what));
    }
}
