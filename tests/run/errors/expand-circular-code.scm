;; error: list
;; status: 65
(import (scheme base))
(list . #0=(1 . #0#))
