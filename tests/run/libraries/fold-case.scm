;; `include-ci` and `#!fold-case` fold symbols by the folding of whole strings, each file for itself; what stands between bars stays.
(import (scheme base) (scheme char) (scheme cxr))
(include-ci "support/folded.scm")
(define plain 'MixedCase)
#!fold-case
(DEFINE folded '(MixedCase STRASSE straße ΣΊΣΥΦΟΣ |Kept| #\A #\SPACE "Kept"))
#!no-fold-case
(define (name s) (string->symbol (string-foldcase s)))
(list plain folded (equal? (cadr folded) (caddr folded)) (eq? (list-ref folded 3) (name "Σίσυφος"))
      fromfile (eq? (car fromfile) (name "GROẞ")))
;; value: (MixedCase (mixedcase strasse strasse σίσυφοσ Kept #\A #\space "Kept") #t #t (gross Kept y) #t)
