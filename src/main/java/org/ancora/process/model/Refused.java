package org.ancora.process.model;

/** A file that cannot be read any further; its finding says where and why. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    Refused(Finding finding) {
        super(finding.toString());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
