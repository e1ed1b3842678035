namespace PosteRestante.Storage.Engine;

/// <summary>The thread of one worker. A defect in a worker ends the process: everything acknowledged is on disk.</summary>
internal sealed class WorkerThread
{
    private readonly IWorker _worker;
    private readonly Thread _thread;

    public WorkerThread(IWorker worker, string name)
    {
        _worker = worker;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Waits until the worker is finished.</summary>
    public void Join() => _thread.Join();

    private void Run()
    {
        while (true)
        {
            if (_worker.Advance())
            {
                continue;
            }

            if (_worker.TryFinish())
            {
                return;
            }

            _worker.Signal.Wait(_worker.Patience);
        }
    }
}
