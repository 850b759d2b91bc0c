package io.deltallm.codec.http;

/// Dates in header fields, in the one form that senders have to use: `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110,
/// section 5.6.7). Stateless; knows no clock.
public final class HttpDate {
    public static final long UNREADABLE = Long.MIN_VALUE;

    private static final String FORM = "Www, 00 Mmm 0000 00:00:00 ";
    private static final String ZONE = "GMT";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int SECONDS_A_DAY = 24 * 60 * 60;
    /// From 1 March of the year 0 to 1 January 1970.
    private static final long DAYS_TO_EPOCH = 719_468;

    private HttpDate() {}

    /// Seconds since 1970; [#UNREADABLE] for what has another form.
    public static long epochSeconds(String text) {
        if (!hasForm(text)) {
            return UNREADABLE;
        }
        int month = month(text.substring(8, 11));
        int day = number(text, 5, 7);
        int hour = number(text, 17, 19);
        int minute = number(text, 20, 22);
        int second = number(text, 23, 25);
        // A leap second is the sixtieth.
        if (month == 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) {
            return UNREADABLE;
        }
        return days(number(text, 12, 16), month, day) * SECONDS_A_DAY + hour * 3600L + minute * 60L + second;
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length() + ZONE.length() || !text.endsWith(ZONE)) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            if (!fits(text.charAt(i), FORM.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(char at, char form) {
        return switch (form) {
            case '0' -> at >= '0' && at <= '9';
            case 'W', 'M' -> at >= 'A' && at <= 'Z';
            case 'w', 'm' -> at >= 'a' && at <= 'z';
            default -> at == form;
        };
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /// 1 to 12; 0 for no month.
    private static int month(String name) {
        int at = MONTHS.indexOf(name);
        return at >= 0 && at % 3 == 0 ? at / 3 + 1 : 0;
    }

    /// Since 1970, in the Gregorian calendar. Years are counted from March, so that a leap day is the last of its year.
    private static long days(int year, int month, int day) {
        long marchYear = month > 2 ? year : year - 1L;
        long ofMarchYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return marchYear * 365 + Math.floorDiv(marchYear, 4) - Math.floorDiv(marchYear, 100) + Math.floorDiv(marchYear, 400)
                + ofMarchYear - DAYS_TO_EPOCH;
    }
}
