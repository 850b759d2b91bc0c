package io.deltallm.policy.spend;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A line of the price book.
record PriceRow(String provider, String model, ModelFacts facts) {
    private static final int COLUMNS = 10;

    static PriceRow parse(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException(cells.length + " cells (expected: " + COLUMNS + ") in: " + line);
        }
        try {
            return new PriceRow(cells[0], cells[1], facts(cells));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalStateException("no price row: " + line, e);
        }
    }

    private static ModelFacts facts(String[] cells) {
        String notes = cells[8];
        int retires = notes.indexOf("retires=");
        return new ModelFacts(
                cells[2],
                number(cells[3]),
                number(cells[4]),
                Math.toIntExact(number(cells[5])),
                abilities(cells[6]),
                price(cells[7]),
                notes.contains("deprecated"),
                retires < 0 ? "" : notes.substring(retires + 8, retires + 18),
                cells[9],
                Map.of());
    }

    private static long number(String cell) {
        return cell.equals("-") ? 0 : Long.parseLong(cell);
    }

    private static Set<Ability> abilities(String cell) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (String word : cell.equals("-") ? new String[0] : cell.split(",")) {
            Ability ability = Ability.ofWord(word);
            if (ability == null) {
                throw new IllegalArgumentException("unknown ability " + word);
            }
            abilities.add(ability);
        }
        return abilities;
    }

    /// `input=3 output=15 >200000 input=6 output=22.5 @2027-01-01 input=4`.
    static Price price(String cell) {
        if (cell.equals("-")) {
            return Price.UNKNOWN;
        }
        Map<PriceUnit, Money> base = new EnumMap<>(PriceUnit.class);
        Map<PriceUnit, Money> current = base;
        List<Price.Tier> tiers = new ArrayList<>();
        List<Price.Change> changes = new ArrayList<>();
        String[] words = cell.split(" ");
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            char first = word.charAt(0);
            if (first != '>' && first != '@') {
                put(current, word);
                continue;
            }
            current = new EnumMap<>(PriceUnit.class);
            while (i + 1 < words.length && words[i + 1].indexOf('=') > 0) {
                put(current, words[++i]);
            }
            if (first == '>') {
                tiers.add(new Price.Tier(Long.parseLong(word.substring(1)), current));
            } else {
                changes.add(new Price.Change(LocalDate.parse(word.substring(1)), current));
            }
        }
        return new Price(base, tiers, changes);
    }

    private static void put(Map<PriceUnit, Money> rates, String word) {
        int equals = word.indexOf('=');
        PriceUnit unit = equals < 0 ? null : PriceUnit.ofColumn(word.substring(0, equals));
        if (unit == null) {
            throw new IllegalArgumentException("unknown price " + word);
        }
        rates.put(unit, Money.ofDollars(word.substring(equals + 1)));
    }
}
