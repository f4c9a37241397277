/**
 * The frame of every page: layout, navigation, words in three languages, error pages and the parts that pages share.
 *
 * <p>Pages replace themselves by the layout: {@code th:replace="~{layout :: page(title=#{…}, content=~{::main})}"}, or by
 * {@code plain} for people who are not signed in. Other modules fill the frame with beans: {@link
 * org.ancora.web.NavigationItem}, {@link org.ancora.web.LayoutPart}, {@link org.ancora.web.SearchEntry} and {@link
 * org.ancora.web.FallbackLocale}. Templates reach it as {@code layout} (viewer, navigation, language, theme) and
 * {@code assets} (paths of styles and scripts by their plain names); {@link org.ancora.web.WindowBar}, {@link
 * org.ancora.web.Chip}, {@link org.ancora.web.TimelineEntry} and {@link org.ancora.web.Option} are what the fragments take.
 */
@NullMarked
@ApplicationModule(
        displayName = "Web",
        allowedDependencies = {"time", "access"})
package org.ancora.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
