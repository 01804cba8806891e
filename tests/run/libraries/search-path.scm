;; options: -L support/path -L support/late
(import (scheme base) (places here) (places there) (places 1 2) (support lib own))
(list here there one-two own)
;; value: (path late (numbered 1 2) own)
