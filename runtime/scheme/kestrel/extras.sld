;; Procedures beyond R7RS that come with Kestrel: random numbers, and exact integers as rows of bits (names of SRFI 151).

(define-library (kestrel extras)
  (import (kestrel primitives))
  (export
   random exact-rational?
   bitwise-and bitwise-ior bitwise-xor bitwise-not arithmetic-shift bit-count integer-length))
