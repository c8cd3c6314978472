"""The coefficients for ranking the statements of a short list, one a feature. Written by training."""

WITHOUT_COSINE = (
    -3.0918,
    7.6214,
    15.7364,
    6.6658,
    1.0312,
    12.9148,
    -0.2926,
    -0.8827,
    -2.9275,
    -1.2212,
    -0.0267,
)
WITH_COSINE = (
    -7.8022,
    6.7659,
    10.1358,
    4.7094,
    0.9263,
    12.2010,
    0.2043,
    -0.7065,
    -2.6548,
    -1.2539,
    -0.0007,
    15.5253,
)
