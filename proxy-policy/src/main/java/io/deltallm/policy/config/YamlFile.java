package io.deltallm.policy.config;

import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.config.Written.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads YAML into [Written]: from the node graph rather than from maps, which gives lines and keeps duplicate keys
/// visible. No Java object is ever constructed from a tag, and size, depth and the growth by aliases are bounded.
final class YamlFile {
    static final int MAX_CHARACTERS = 4 << 20;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_ALIASES = 200;
    private static final int MAX_NODES = 200_000;

    private final Problems problems;
    private int nodes;

    private YamlFile(Problems problems) {
        this.problems = problems;
    }

    /// The file's top level; empty, with problems reported, where it is unreadable.
    static Mapping read(String text, Problems problems) {
        Mapping nothing = Mapping.empty("", 1);
        try {
            Node root = new Yaml(new SafeConstructor(options())).compose(new StringReader(text));
            if (root == null) {
                return nothing;
            }
            Written written = new YamlFile(problems).convert(root, "", 0);
            if (written instanceof Mapping mapping) {
                return mapping;
            }
            if (!(written instanceof Scalar scalar && scalar.blank())) {
                problems.error("YAML", written.kind() + " (expected: a mapping of settings)");
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            // Not the whole message: it quotes the line, which may hold a secret.
            problems.add(ConfigProblem.error("YAML", line, String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            problems.error("YAML", String.valueOf(e.getMessage()));
        }
        return nothing;
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setAllowRecursiveKeys(false);
        return options;
    }

    private Written convert(Node node, String path, int depth) {
        int line = node.getStartMark().getLine() + 1;
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new YAMLException("aliases make the file deeper than " + MAX_DEPTH + " levels or larger than "
                    + MAX_NODES + " values (line " + line + ")");
        }
        return switch (node) {
            case MappingNode mapping -> new Mapping(path, line, entries(mapping, path, depth));
            case SequenceNode sequence -> new Sequence(path, line, items(sequence, path, depth));
            case ScalarNode scalar -> new Scalar(path, line, scalar.getValue(), type(scalar.getTag()));
            default -> throw new YAMLException("unexpected " + node.getNodeId() + " (line " + line + ")");
        };
    }

    private List<Written> items(SequenceNode sequence, String path, int depth) {
        List<Written> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
        }
        return items;
    }

    private SequencedMap<String, Written> entries(MappingNode mapping, String path, int depth) {
        SequencedMap<String, Written> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = key(tuple.getKeyNode());
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged.add(tuple.getValueNode());
                continue;
            }
            String childPath = path.isEmpty() ? key : path + "." + key;
            Integer before = lines.putIfAbsent(key, line);
            if (before == null) {
                entries.put(key, convert(tuple.getValueNode(), childPath, depth + 1));
            } else {
                problems.add(ConfigProblem.error(childPath, line, "written twice (first in line " + before + ")"));
            }
        }
        merged.forEach(node -> merge(node, entries, path, depth));
        return entries;
    }

    /// `<<: *defaults`: entries of the other mapping, where this one has none of that name.
    private void merge(Node node, Map<String, Written> into, String path, int depth) {
        switch (convert(node, path, depth + 1)) {
            case Mapping mapping -> mapping.entries().forEach(into::putIfAbsent);
            case Sequence sequence -> sequence.items().forEach(item -> {
                if (item instanceof Mapping mapping) {
                    mapping.entries().forEach(into::putIfAbsent);
                } else {
                    problems.wrong(item, "a mapping to merge");
                }
            });
            case Scalar scalar -> problems.wrong(scalar, "a mapping to merge");
        }
    }

    private static String key(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : node.getNodeId().toString();
    }

    private static Written.Type type(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return Written.Type.WHOLE;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Written.Type.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Written.Type.FLAG;
        }
        return tag.equals(Tag.NULL) ? Written.Type.NULL : Written.Type.TEXT;
    }
}
