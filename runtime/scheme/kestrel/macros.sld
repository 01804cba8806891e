;; All of (kestrel syntax-case), and macros in the styles of other systems: explicit and implicit renaming, syntactic closures.
;;
;; These transformers see a form as pairs, vectors and symbols. A symbol stands for an identifier with the scopes of the use's keyword; what has other
;; scopes (it came through other macros) is a syntax object. `here` answers an identifier of the macro's definition in the current expansion.

(define-library (kestrel macros)
  (import (kestrel syntax) (kestrel primitives) (kestrel syntax-case) (kestrel sequence))
  (export syntax-case syntax quasisyntax unsyntax unsyntax-splicing with-syntax
          _ ...
          datum->syntax syntax->datum generate-temporaries
          identifier? free-identifier=? bound-identifier=?
          make-variable-transformer identifier-syntax syntax-violation
          syntax? syntax->list
          define-for-syntax begin-for-syntax
          er-macro-transformer ir-macro-transformer sc-macro-transformer rsc-macro-transformer
          make-syntactic-closure close-syntax strip-syntax identifier=?
          %er-transformer %ir-transformer %sc-transformer %rsc-transformer)
  (begin

    ;; A procedure that gives a name the scopes of `context`, the same object for the same name.
    (define (renamer context)
      (let ((known '()))
        (lambda (name)
          (cond ((assq name known) => cdr)
                (else
                 (let ((id (datum->syntax context name)))
                   (set! known (cons (cons name id) known))
                   id))))))

    ;; A procedure that says whether two names mean the same; symbols get the scopes of `context`.
    (define (comparer context)
      (lambda (a b)
        (let ((a (datum->syntax context a)) (b (datum->syntax context b)))
          (and (identifier? a) (identifier? b) (free-identifier=? a b)))))

    (define (check who procedure)
      (unless (procedure? procedure) (%wrong-type who 1 procedure "procedure")))

    (define (%er-transformer here procedure)
      (check 'er-macro-transformer procedure)
      (lambda (stx)
        (let* ((use (%syntax->form stx #f)) (context (car use)))
          (datum->syntax context (procedure (cdr use) (renamer (here)) (comparer context))))))

    (define (%ir-transformer here procedure)
      (check 'ir-macro-transformer procedure)
      (lambda (stx)
        (let ((use (%syntax->form stx #t)) (here (here)))
          (datum->syntax here (procedure (cdr use) (renamer (car use)) (comparer here))))))

    (define (%sc-transformer here procedure)
      (check 'sc-macro-transformer procedure)
      (lambda (stx)
        (let ((use (%syntax->form stx #f)))
          (datum->syntax (here) (procedure (cdr use) (car use))))))

    (define (%rsc-transformer here procedure)
      (check 'rsc-macro-transformer procedure)
      (lambda (stx)
        (let ((use (%syntax->form stx #f)))
          (datum->syntax (car use) (procedure (cdr use) (here))))))

    ;; An environment is an identifier: what it means, its scopes mean. Names in `free` are left to what surrounds the closure.
    (define (make-syntactic-closure environment free form)
      (datum->syntax
       environment
       (if (null? free)
           form
           (let walk ((form form))
             (cond ((pair? form) (cons (walk (car form)) (walk (cdr form))))
                   ((and (symbol? form) (not (memq form free))) (datum->syntax environment form))
                   (else form))))))
    (define (close-syntax form environment) (make-syntactic-closure environment '() form))

    (define (identifier=? environment-1 id-1 environment-2 id-2)
      (free-identifier=? (datum->syntax environment-1 id-1) (datum->syntax environment-2 id-2)))

    (define (strip-syntax form) (syntax->datum form))))
