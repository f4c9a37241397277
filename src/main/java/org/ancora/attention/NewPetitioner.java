package org.ancora.attention;

import java.util.Locale;

/**
 * Who asks, sections A and B of the form (J-R5). Every text may be empty but one of the names.
 *
 * @param document number of the identity document
 * @param representative who stands for the household, where that is somebody else
 * @param callBackNumber where to call if the line drops, or as agreed (J60)
 * @param safeTimes when they may be called
 * @param language in which they are written to: one of ours
 */
public record NewPetitioner(
        String document,
        String givenName,
        String familyName,
        Beneficiary beneficiary,
        String householdCode,
        String representative,
        String district,
        String province,
        String region,
        String phone,
        String callBackNumber,
        String email,
        String address,
        String safeTimes,
        Locale language) {}
