"""`python -m network.make_digits`: writes the digits that are shipped; needs scikit-learn, which carries them.

Optical recognition of handwritten digits (E. Alpaydin, C. Kaynak), UCI Machine Learning Repository,
doi 10.24432/C50P49, CC BY 4.0: 1,797 pictures of 8 x 8 pixels from 0 to 16.
"""

import numpy as np

from network.digits import FILE

if __name__ == "__main__":
    from sklearn.datasets import load_digits

    found = load_digits()
    np.savez_compressed(FILE, images=found.images.astype(np.uint8), labels=found.target.astype(np.uint8))
