package org.ancora.process.studio;

import java.util.Map;
import org.ancora.access.Viewer;
import org.ancora.process.model.ProcessFolder;

/** A part of the page on which a draft is published; the beans of this kind are shown in their order. */
public interface PublishingPanel {

    /** Its place: what publishing changes comes before what was tried. */
    int order();

    /** Template and fragment, such as {@code migration/impact :: panel}, in which {@code part} is the {@linkplain #model model}. */
    String template();

    /** What the fragment is given. */
    Map<String, ?> model(String folder, ProcessFolder draft, Viewer viewer);
}
