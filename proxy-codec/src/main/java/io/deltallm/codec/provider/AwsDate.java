package io.deltallm.codec.provider;

/// Times as AWS signs them: `20150830T123600Z`. The days are counted as in
/// https://howardhinnant.github.io/date_algorithms.html#civil_from_days, since codecs know no calendar.
final class AwsDate {
    private static final long DAY = 86_400;

    private AwsDate() {}

    static String format(long epochSeconds) {
        long days = Math.floorDiv(epochSeconds, DAY);
        long second = Math.floorMod(epochSeconds, DAY);
        StringBuilder out = new StringBuilder(16);
        appendDay(out, days + 719_468);
        out.append('T');
        two(out, second / 3600);
        two(out, second / 60 % 60);
        two(out, second % 60);
        return out.append('Z').toString();
    }

    /// @param day counted from 0000-03-01
    private static void appendDay(StringBuilder out, long day) {
        long era = Math.floorDiv(day, 146_097L);
        long dayOfEra = day - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        two(out, year / 100);
        two(out, year % 100);
        two(out, month);
        two(out, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    }

    private static void two(StringBuilder out, long number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
