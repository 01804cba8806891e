;; Control: dynamic-wind, exception handlers, guard, parameters, promises.
;;
;; The dynamic state (handlers, winders, parameters) lives in the runtime's context; a continuation saves it and reinstating one restores
;; it. A continuation whose winders differ from the current ones is reinstated by `rewind`, which dynamic-wind registers.

(define-library (kestrel control)
  (import (kestrel syntax) (kestrel primitives) (kestrel check))
  (export dynamic-wind with-exception-handler %guard
          make-parameter %parameterize
          force make-promise %make-delayed promise?
          call-with-port call-with-escape-continuation %no-clauses
          exit emergency-exit)
  (begin

    ;; A winder remembers the handlers and parameters of its dynamic-wind, in which before and after run (R7RS 6.10).
    (define (make-winder before after) (vector before after (%handlers) (%parameters)))
    (define (run-winder winder index)
      (%set-handlers! (vector-ref winder 2))
      (%set-parameters! (vector-ref winder 3))
      ((vector-ref winder index)))

    (define (dynamic-wind before thunk after)
      (check-procedure 'dynamic-wind 1 before)
      (check-procedure 'dynamic-wind 2 thunk)
      (check-procedure 'dynamic-wind 3 after)
      (before)
      (%set-rewinder! rewind)
      (%set-winders! (cons (make-winder before after) (%winders)))
      (call-with-values thunk
        (case-lambda
          ((result) (leave after) result)
          (results (leave after) (apply values results)))))
    ;; What (case-lambda) makes.
    (define (%no-clauses . arguments)
      (error "case-lambda: no clause takes the number of arguments given" (length arguments)))

    (define (leave after)
      (%set-winders! (cdr (%winders)))
      (after))

    ;; Leaves the winders that the continuation is not inside of, innermost first, then enters the ones it is, outermost first.
    (define (rewind k results)
      (let* ((target (%continuation-winders k))
             (shared (common-tail (%winders) target)))
        (let unwind ()
          (let ((winders (%winders)))
            (unless (eq? winders shared)
              (%set-winders! (cdr winders))
              (run-winder (car winders) 1)
              (unwind))))
        (let enter ((winders target))
          (unless (eq? winders shared)
            (enter (cdr winders))
            (run-winder (car winders) 0)
            (%set-winders! winders)))
        (%reinstate k results)))
    (define (common-tail a b)
      (let* ((m (length a)) (n (length b)) (least (if (< m n) m n)))
        (let loop ((a (list-tail a (- m least))) (b (list-tail b (- n least))))
          (if (eq? a b) a (loop (cdr a) (cdr b))))))

    (define (with-exception-handler handler thunk)
      (check-procedure 'with-exception-handler 1 handler)
      (check-procedure 'with-exception-handler 2 thunk)
      (let ((outer (%handlers)))
        (%set-handlers! (cons handler outer))
        (call-with-values thunk
          (case-lambda
            ((result) (%set-handlers! outer) result)
            (results (%set-handlers! outer) (apply values results))))))

    ;; What `guard` expands into (R7RS 7.3): `handle` takes the condition and a thunk that raises it again in the dynamic
    ;; environment of the original raise; it runs in the dynamic environment of the guard.
    (define (%guard body handle)
      ((call/cc
        (lambda (leave-guard)
          (with-exception-handler
           (lambda (condition)
             ((call/cc
               (lambda (back-to-raise)
                 (leave-guard
                  (lambda ()
                    (handle condition
                            (lambda ()
                              (back-to-raise (lambda () (raise-continuable condition)))))))))))
           (lambda ()
             (call-with-values body
               (case-lambda
                 ((result) (lambda () result))
                 (results (lambda () (apply values results)))))))))))

    (define (call-with-escape-continuation receiver) (call/cc receiver))

    ;; A parameter is a procedure of the runtime's, over a cell that holds the global value (and that a binding in (%parameters) is found by), and
    ;; the converter.
    (define make-parameter
      (case-lambda
        ((value) (%make-parameter (%make-cell value) (lambda (x) x)))
        ((value converter)
         (check-procedure 'make-parameter 2 converter)
         (%make-parameter (%make-cell (converter value)) converter))))

    ;; bindings: list of (parameter . value). All converters run before any binding takes effect.
    (define (%parameterize bindings thunk)
      (let* ((outer (%parameters))
             (inner
              (let loop ((bindings bindings))
                (if (null? bindings)
                    outer
                    (let* ((parameter (caar bindings))
                           (cell (%parameter-cell parameter))
                           (value ((%parameter-converter parameter) (cdar bindings))))
                      (cons (cons cell value) (loop (cdr bindings))))))))
        (%set-parameters! inner)
        (call-with-values thunk
          (case-lambda
            ((result) (%set-parameters! outer) result)
            (results (%set-parameters! outer) (apply values results))))))

    ;; Promises (R7RS 7.3): a promise holds a box that chained promises share, so that iterative forcing runs in constant space.
    (define (%make-delayed thunk) (%make-promise #f thunk))
    (define (promise? x) (%promise? x))
    (define (make-promise x) (if (%promise? x) x (%make-promise #t x)))
    (define (force x)
      (if (%promise? x)
          (let loop ()
            (if (%promise-done? x)
                (%promise-value x)
                (let ((next ((%promise-value x))))
                  (unless (%promise-done? x) (%promise-adopt! x next))
                  (loop))))
          x))

    (define (call-with-port port receiver)
      (check port? 'call-with-port 1 port "port")
      (check-procedure 'call-with-port 2 receiver)
      (call-with-values (lambda () (receiver port))
        (lambda results
          (close-port port)
          (apply values results))))

    ;; `exit` runs the outstanding `after` thunks first (R7RS 6.14).
    (define exit
      (case-lambda
        (() (exit #t))
        ((status)
         (let unwind ()
           (let ((winders (%winders)))
             (unless (null? winders)
               (%set-winders! (cdr winders))
               (run-winder (car winders) 1)
               (unwind))))
         (%exit status))))
    (define emergency-exit
      (case-lambda
        (() (%exit #t))
        ((status) (%exit status))))))
