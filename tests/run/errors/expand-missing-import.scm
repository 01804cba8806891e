;; error: `cddddr` is not exported by (scheme base)
;; status: 65
(import (only (scheme base) car cddddr))
