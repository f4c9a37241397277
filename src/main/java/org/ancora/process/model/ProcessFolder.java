package org.ancora.process.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder under {@code processes/} with the forms that its diagrams name: what is checked and deployed together.
 *
 * @param name the folder's name, such as {@code engagement}
 * @param files content by path: {@code <process>.bpmn}, {@code <decision>.dmn}, {@code forms/<id>.form},
 *     {@code letters/<kind>.<language>.html}
 */
public record ProcessFolder(String name, Map<String, byte[]> files) {

    public ProcessFolder {
        files = new TreeMap<>(files);
    }

    Stream<String> named(String suffix) {
        return files.keySet().stream().filter(path -> path.endsWith(suffix));
    }

    /** The file's name without folder and suffix. */
    static String stem(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }
}
