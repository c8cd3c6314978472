"""The coefficients of the judge of rewording: the constant, then one a feature. Written by training."""

WITHOUT_COSINE = (
    -3.7352,
    -1.6283,
    -5.2459,
    0.7833,
    6.1746,
    1.8488,
    -2.2217,
    2.9358,
    4.5160,
    -0.6706,
    -1.2065,
)
WITH_COSINE = (
    -5.7851,
    -1.4143,
    -6.5386,
    1.1623,
    5.3103,
    1.6027,
    -1.8612,
    2.1830,
    4.0253,
    -0.6647,
    -1.2724,
    4.9952,
)
