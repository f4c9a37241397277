package org.ancora.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Words of all modules in one place, and how long browsers may keep styles and scripts. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    /** Every {@code messages/<module>.properties} with its languages. A key that no file holds is an error, never shown. */
    @Bean
    MessageSource messageSource() throws IOException {
        Words messages = new Words();
        messages.setBasenames(bundles().toArray(String[]::new));
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setDefaultLocale(Locale.ENGLISH);
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    static Stream<String> bundles() throws IOException {
        Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*.properties");
        return Stream.of(files)
                .map(file -> Objects.requireNonNull(file.getFilename()).replace(".properties", ""))
                .filter(name -> !name.matches(".*_[a-z]{2}"))
                .distinct()
                .sorted()
                .map("messages/"::concat);
    }

    /**
     * What every template may use. Variables, not bean references: Thymeleaf refuses those in many attributes. A page is
     * sent once it is whole, so that one which breaks half-way becomes an error page.
     */
    @Bean
    SmartInitializingSingleton templates(
            ThymeleafViewResolver views,
            Layout layout,
            Assets assets,
            EmbeddedJson json,
            FormDrafts formDrafts,
            Telephones telephones) {
        return () -> {
            views.setProducePartialOutputWhileProcessing(false);
            views.addStaticVariable("layout", layout);
            views.addStaticVariable("assets", assets);
            views.addStaticVariable("json", json);
            views.addStaticVariable("formDrafts", formDrafts);
            views.addStaticVariable("telephones", telephones);
        };
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(Assets.FOLDER + "**")
                .addResourceLocations("classpath:/static" + Assets.FOLDER)
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }
}
