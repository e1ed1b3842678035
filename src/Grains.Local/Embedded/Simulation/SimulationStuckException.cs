namespace Orleans.Embedded.Simulation;

/// <summary>Code outside grains waits for something that does not come within the bounds of the simulation.</summary>
public sealed class SimulationStuckException : Exception
{
    internal SimulationStuckException(string message)
        : base(message)
    {
    }
}
