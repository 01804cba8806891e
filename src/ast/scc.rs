//! Strongly connected components (Tarjan 1972), with an explicit stack.

/// The components of a graph given by the successors of each node. A component comes after all components that it leads to;
/// its nodes are in ascending order. Cost: linear.
pub fn components(graph: &[Vec<u32>]) -> Vec<Vec<u32>> {
    const UNSEEN: u32 = u32::MAX;
    let n = graph.len();
    let mut number = vec![UNSEEN; n];
    let mut low = vec![0; n];
    let mut on_stack = vec![false; n];
    let mut stack = Vec::new();
    let mut result = Vec::new();
    let mut next = 0;
    // Nodes on the path of the search, with their next successor's position.
    let mut path: Vec<(u32, usize)> = Vec::new();
    for root in 0..n as u32 {
        if number[root as usize] != UNSEEN {
            continue;
        }
        path.push((root, 0));
        while let Some((node, position)) = path.last_mut() {
            let v = *node as usize;
            if *position == 0 {
                number[v] = next;
                low[v] = next;
                next += 1;
                stack.push(v as u32);
                on_stack[v] = true;
            }
            if let Some(&w) = graph[v].get(*position) {
                *position += 1;
                if number[w as usize] == UNSEEN {
                    path.push((w, 0));
                } else if on_stack[w as usize] {
                    low[v] = low[v].min(number[w as usize]);
                }
                continue;
            }
            path.pop();
            if let Some((parent, _)) = path.last() {
                low[*parent as usize] = low[*parent as usize].min(low[v]);
            }
            if low[v] == number[v] {
                let start = stack.iter().rposition(|&w| w as usize == v).unwrap_or(0);
                let mut component = stack.split_off(start);
                component.iter().for_each(|&w| on_stack[w as usize] = false);
                component.sort_unstable();
                result.push(component);
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn dependencies_come_first() {
        assert_eq!(components(&[vec![1], vec![2], vec![]]), [vec![2], vec![1], vec![0]]);
        assert_eq!(components(&[vec![], vec![0], vec![0, 1]]), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn cycles_are_one_component() {
        assert_eq!(components(&[vec![0, 1], vec![2], vec![1, 3], vec![]]), [vec![3], vec![1, 2], vec![0]]);
        let n = 100_000;
        let ring: Vec<Vec<u32>> = (0..n).map(|i| vec![(i + 1) % n]).collect();
        assert_eq!(components(&ring).len(), 1);
    }
}
