;; error: `cddddr` is not exported by this library
;; status: 65
(import (only (scheme base) car cddddr))
