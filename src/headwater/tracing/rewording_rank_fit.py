"""The coefficients for ranking the statements of a short list, one a feature. Written by training."""

WITHOUT_COSINE = (
    -4.8549,
    11.2387,
    7.5509,
    9.4587,
    2.0006,
    16.2790,
    -0.3837,
    -0.7855,
    -3.0067,
    -0.8122,
    -2.9156,
)
WITH_COSINE = (
    -7.4712,
    10.9246,
    0.2377,
    7.6543,
    1.3244,
    15.7674,
    -0.2418,
    -0.7284,
    -2.2961,
    -0.6198,
    -2.5857,
    13.2678,
)
